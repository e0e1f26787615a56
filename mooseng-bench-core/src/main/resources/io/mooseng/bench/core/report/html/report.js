
// Shows only the rows whose words contain all that is typed. The page is complete without this.
(function () {
  var search = document.getElementById('search');
  var found = document.getElementById('found');
  var rows = document.querySelectorAll('table.rows tbody tr');
  if (rows.length < 2) { return; }
  search.parentNode.hidden = false;
  var texts = null;
  search.addEventListener('input', function () {
    if (!texts) {
      texts = Array.prototype.map.call(rows, function (row) {
        var part = row.closest('section.benchmark');
        var name = part ? part.querySelector('h3').textContent : '';
        return (name + ' ' + row.textContent).toLowerCase();
      });
    }
    var words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    for (var i = 0; i < rows.length; i++) {
      var fits = words.every(function (word) { return texts[i].indexOf(word) >= 0; });
      rows[i].hidden = !fits;
      shown += fits ? 1 : 0;
    }
    document.querySelectorAll('section.benchmark').forEach(function (part) {
      part.hidden = words.length > 0 && !part.querySelector('tbody tr:not([hidden])');
    });
    found.textContent = words.length ? shown + ' of ' + rows.length + ' rows' : '';
  });
})();
