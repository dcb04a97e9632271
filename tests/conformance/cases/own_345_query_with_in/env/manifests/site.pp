Notify <| 'a' in [title] |>
