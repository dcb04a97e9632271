lookup('s', {merge => hash})
