"""The Review page: look back at a period, learn from it, aim for the next one."""
