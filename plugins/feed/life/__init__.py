"""What somebody did here, told to nobody but them: month by month, and a year looked back on."""
