"""Tables people take into a spreadsheet."""
