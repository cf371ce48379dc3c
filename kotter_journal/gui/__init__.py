"""The window: everything that names a Qt class, but for starting and ending the program."""
