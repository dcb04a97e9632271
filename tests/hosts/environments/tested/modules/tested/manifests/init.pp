application tested {
  tested::maker { $name:
    export => [Gate["g-${name}"], Page["p-${name}"]],
  }
  tested::user { ['old', 'new']:
    consume => [Gate["g-${name}"], Page["p-${name}"]],
  }
}
