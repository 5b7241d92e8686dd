// Sorting of the overview. Without this script the table is read as it stands.
(function () {
  var table = document.querySelector("table.overview");
  var body = table.tBodies[0];
  document.getElementById("sort-hint").hidden = false;

  function sort(head) {
    var descending = head.getAttribute("aria-sort") === "ascending";
    table.querySelectorAll("th[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    var name = "data-" + head.dataset.sort;
    var rows = Array.prototype.slice.call(body.rows);
    rows.sort(function (a, b) {
      var x = a.getAttribute(name), y = b.getAttribute(name);
      if (x === y) return a.dataset.order - b.dataset.order;
      if (x === "" || y === "") return x === "" ? 1 : -1;
      var order = isNaN(x) || isNaN(y) ? x.localeCompare(y, "da") : x - y;
      return descending ? -order : order;
    });
    rows.forEach(function (row) { body.appendChild(row); });
  }

  table.querySelectorAll("th[data-sort]").forEach(function (head) {
    // Not a button element: browsers leave those out when they repeat the head on every printed page.
    var button = document.createElement("span");
    button.tabIndex = 0;
    button.setAttribute("role", "button");
    while (head.firstChild) button.appendChild(head.firstChild);
    head.appendChild(button);
    button.addEventListener("click", function () { sort(head); });
    button.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      sort(head);
    });
  });
})();
