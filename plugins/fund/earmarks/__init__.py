"""Money of the fund that is set apart for something: an area (space, school, food, care) or a
project that was decided on. All other rooms of the fund move its money through here."""
