"""Question banks as files: XLSX with every language, GIFT with one."""
