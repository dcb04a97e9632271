type Mod::Name = Pattern[/\A[a-z]+\z/]
