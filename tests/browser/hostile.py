"""A text that would run, break, or be taken for a gap to fill, if it were not inert."""

HOSTILE = "<img src=x onerror=alert(1)> ${7*7} `</script>` \"'"
