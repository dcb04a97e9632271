type Shop::Word = Pattern[/^[a-z]+$/, 'x']
