"""The only room with SQL, tables, the driver and keys."""
