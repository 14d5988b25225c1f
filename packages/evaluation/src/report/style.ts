/** One look, light and dark; text on its ground has a contrast of at least 4.5 : 1. */
export const style = `
:root{color-scheme:light dark;--ground:#fbfbf9;--raised:#fff;--ink:#1b2321;--muted:#586460;--line:#dde2df;--track:#e5eae7;--accent:#0e6a5b;--bad:#a2331d;--badground:#fbf0ed;--series-1:#0e6a5b;--series-2:#a8480f;--series-3:#3557b0;--series-4:#8a3b8f;--series-5:#7a6400;--series-6:#b02a4c;--series-7:#1f6f97;--series-8:#5a5a5a}
@media screen and (prefers-color-scheme:dark){:root{--ground:#121615;--raised:#191f1d;--ink:#e4e9e7;--muted:#9daaa5;--line:#2c3532;--track:#28312e;--accent:#63c9b4;--bad:#f2957f;--badground:#2a1c18;--series-1:#63c9b4;--series-2:#f0a56b;--series-3:#93aef5;--series-4:#d59ade;--series-5:#d8c25a;--series-6:#f48ba6;--series-7:#7fc4e8;--series-8:#bdbdbd}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:68rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
h1{font-size:1.25rem;line-height:1.3;margin:0;font-weight:650}
h2{font-size:1.125rem;line-height:1.3;margin:3rem 0 .75rem;font-weight:650}
.brand{color:var(--muted);font-size:.875rem;margin:0 0 .25rem}
.headline{font-size:1.5rem;line-height:1.35;font-weight:500;margin:1.25rem 0 1.75rem;max-width:46rem;text-wrap:pretty}
p{max-width:46rem}
.hint,caption,small{color:var(--muted)}
.hint{font-size:.875rem}
td .hint{font-size:inherit}
.remarks{margin:-.75rem 0 1.75rem}
small{display:block;font-size:.8125rem;line-height:1.4;font-weight:400}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:1px;background:var(--line);border:1px solid var(--line);border-radius:.5rem;overflow:hidden;margin:0}
.cards>div{background:var(--raised);padding:.875rem 1rem 1rem}
.cards dt{color:var(--muted);font-size:.875rem}
.cards dd{margin:0}
.cards b{display:block;font-size:1.625rem;line-height:1.25;font-weight:600;font-variant-numeric:tabular-nums}
.cards span{display:block;color:var(--muted);font-size:.8125rem;line-height:1.4}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.125rem 1.25rem;margin:1.5rem 0 0;font-size:.875rem}
.facts dt{color:var(--muted)}
.facts dd{margin:0}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 3rem}
.pair>section{min-width:0}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
caption{text-align:left;padding:0 0 .5rem;font-size:.875rem}
th,td{text-align:left;vertical-align:top;padding:.4375rem 1rem .4375rem 0;border-top:1px solid var(--line);font-weight:400}
th:last-child,td:last-child{padding-right:0}
thead th{border-top:0;color:var(--muted);font-size:.8125rem;font-weight:500;white-space:nowrap;vertical-align:bottom}
th.n,td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.w{white-space:nowrap}
.bars tbody th{font-weight:550}
.bar{display:block;height:.375rem;background:var(--track);border-radius:.1875rem;margin:.3125rem 0 .25rem;overflow:hidden;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.bar i{display:block;height:100%;background:var(--accent);border-radius:.1875rem}
.questions tbody th{max-width:22rem;font-size:.875rem}
.questions td{min-width:3rem}
.questions .bar{width:5rem;margin-left:auto;height:.25rem}
.questions td:not(.n) small{white-space:normal}
.data tbody th{font-weight:550;min-width:7rem;max-width:16rem}
.data td.n small{white-space:nowrap}
.data b{font-weight:700}
.measure{display:grid;grid-template-columns:3.5rem minmax(3rem,14rem);align-items:center;gap:.75rem;font-variant-numeric:tabular-nums}
.measure .bar{margin:0}
.paired{display:flex;justify-content:flex-end;align-items:center;gap:1rem}
.paired>:last-child{flex:none;width:8.25rem}
.whisker{position:relative;flex:0 1 8rem;height:1.125rem}
.whisker i,.whisker s,.whisker b{position:absolute;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.whisker i{top:.5rem;height:.125rem;min-width:1px;background:var(--accent)}
.whisker s{top:0;bottom:0;width:1px;background:var(--muted)}
.whisker b{top:.3125rem;width:.5rem;height:.5rem;margin-left:-.25rem;border-radius:50%;background:var(--accent)}
.stopped{display:grid;grid-template-columns:minmax(0,20rem) minmax(0,1fr);gap:0 1.25rem;align-items:center}
.stack{display:flex;gap:2px;height:.625rem}
.stack i{background:var(--accent);border-radius:.1875rem;min-width:2px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.stack i:nth-child(2){opacity:.55}
.stack i:nth-child(n+3){opacity:.28}
ul{margin:0;padding:0 0 0 1.25rem}
.votes,.plain{list-style:none;padding:0}
.votes li{display:grid;grid-template-columns:minmax(6rem,16rem) minmax(3rem,8rem) 2rem;gap:.75rem;align-items:center}
.votes .bar{margin:0}
.notes{max-width:46rem}
.notes li{margin:.25rem 0}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(25rem,1fr));gap:1.5rem 2.5rem}
.multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1rem 1.5rem}
figure{margin:0;min-width:0}
figcaption{color:var(--muted);font-size:.875rem;margin-bottom:.375rem;max-width:34rem}
figcaption b{color:var(--ink);font-weight:600}
.multiples figcaption{font-size:.8125rem}
.multiples figcaption b{display:block;font-size:.9375rem}
.narrow{display:none}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem}
nav{margin-top:1rem}
a{color:var(--accent)}
h3{font-size:1.0625rem;line-height:1.3;margin:2.5rem 0 .75rem;font-weight:650}
.recording{font-size:1.25rem;border-top:2px solid var(--ink);padding-top:1rem;margin-top:4rem}
code{font:.8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.failed th,.failed td{background:var(--badground)}
.failed th{box-shadow:inset 3px 0 var(--bad);padding-left:.625rem}
.failed em{color:var(--bad);font-style:normal;font-weight:550}
.right{color:var(--accent);white-space:nowrap}
.wrong{color:var(--bad);white-space:nowrap}
.tag{border:1px solid var(--line);border-radius:.25rem;padding:0 .375rem;font-size:.8125rem;color:var(--muted);white-space:nowrap}
svg[class^=plot]{display:block;width:100%;max-width:45rem;height:auto;color:var(--muted);font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums;overflow:visible}
.filter{display:flex;gap:.75rem;align-items:baseline;margin:.25rem 0 .75rem;font-size:.875rem}
.filter[hidden]{display:none}
input{font:inherit;color:inherit;background:var(--raised);border:1px solid var(--muted);border-radius:.375rem;padding:.375rem .625rem;width:16rem;max-width:60vw}
thead button{font:inherit;text-align:inherit;overflow-wrap:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-decoration:underline;text-decoration-color:var(--line);text-underline-offset:.25em}
[aria-sort=ascending] button::after{content:" ↑"}
[aria-sort=descending] button::after{content:" ↓"}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
details{margin-top:3rem}
summary{cursor:pointer;font-size:1.125rem;font-weight:650}
summary h2,summary h3{display:inline;margin:0}
pre{background:var(--raised);border:1px solid var(--line);border-radius:.5rem;padding:1rem;font:0.8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap}
@media (max-width:62rem){
.cards b{font-size:1.25rem}
.wide{display:none}
.narrow{display:block;max-width:30rem}
.charts{grid-template-columns:repeat(auto-fit,minmax(19rem,1fr))}
.data th,.data td{padding-right:.625rem}
.compact{font-size:.75rem}
.compact small,.compact thead th{font-size:.6875rem}
.compact th,.compact td{padding-right:.5rem}
.compact tbody th{min-width:5.75rem}
.compact thead th{white-space:normal;overflow-wrap:normal}
}
@media (max-width:44rem){
main{padding:1.5rem 1rem 3rem}
.headline{font-size:1.25rem}
.cards{grid-template-columns:1fr 1fr}
.cards>div:last-child:nth-child(odd){grid-column:1/-1}
.pair{display:block}
.facts{grid-template-columns:1fr}
.facts dd{margin-bottom:.375rem}
.stacked,.stacked caption,.stacked tbody,.stacked tr{display:block}
.stacked thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.stacked tr{border-top:1px solid var(--line);padding:.625rem 0}
.stacked tr[hidden]{display:none}
.stacked th,.stacked td{display:block;border:0;padding:.0625rem 0;max-width:none;text-align:left}
.stacked tbody th{font-weight:550;margin-bottom:.125rem}
.stacked td,.stacked td.n{display:grid;grid-template-columns:6.5rem 1fr;white-space:normal;text-align:left}
.data td::before{content:attr(data-head)}
.stacked td::before{color:var(--muted);font-size:.875rem}
.stacked td>*{grid-column:2;justify-self:start;max-width:100%}
.stacked .bar{margin-left:0}
.stacked .none{display:none}
.compact{font-size:inherit}
.compact small{font-size:.8125rem}
.compact tr{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:.25rem .75rem}
.compact tbody th{grid-column:1/-1}
.compact td,.compact td.n{display:block}
.compact td::before{display:block;font-size:.8125rem}
.paired{justify-content:space-between;flex-direction:row-reverse;width:100%}
.data td>.paired{justify-self:stretch}
.compact td:not(.n){grid-column:1/-1}
.multiples svg[class^=plot]{max-width:20rem}
.stopped{grid-template-columns:1fr;gap:.25rem;padding-top:.375rem;width:100%}
.data td>.stopped{justify-self:stretch}
.votes li{grid-template-columns:minmax(5rem,1fr) 4rem 2rem;width:100%}
.data td>.votes{justify-self:stretch}
.failed{background:var(--badground);box-shadow:inset 3px 0 var(--bad);padding-left:.75rem!important}
.failed th,.failed td{background:none;box-shadow:none;padding-left:0}
}
@media print{
:root{--ground:#fff;--raised:#fff;--ink:#000;--muted:#444}
main{max-width:none;padding:0}
.filter{display:none}
tr,.cards>div,figure{break-inside:avoid}
h2,h3{break-after:avoid}
thead{display:table-header-group}
}
`;
