"""The Journal page: the calendar, the list, the editor and the minutes of an entry."""
