$kept = [Regexp['('], Pattern[Regexp['(']], Regexp['('] == Regexp['a']]
$matched = 1 =~ Optional[Regexp['(']]
site { }
