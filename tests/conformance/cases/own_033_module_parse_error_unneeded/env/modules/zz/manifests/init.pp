class zz {
  back { 'p' host => 1 }
}
