$late = 'set-late'
