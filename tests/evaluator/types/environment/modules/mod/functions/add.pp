function mod::add(Integer $a, Integer[0] $b = 1, String *$rest) >> Integer {
  $a + $b
}
