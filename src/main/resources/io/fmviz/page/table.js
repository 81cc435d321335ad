/** @fileoverview Tables that are sorted by a click on a heading, or by its key. */
(function () {
  'use strict';

  function isNothing(value) {
    return value === null || value === undefined || (typeof value === 'number' && !Number.isFinite(value));
  }

  // Numbers by size, text by its letters; what is not finite stands last.
  function order(a, b) {
    if (isNothing(a) || isNothing(b)) {
      return isNothing(a) === isNothing(b) ? 0 : NaN;
    }
    return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', {numeric: true});
  }

  function sorted(rows, column, sign) {
    return rows.slice().sort((a, b) => {
      const found = order(column.value(a), column.value(b));
      return Number.isNaN(found) ? (isNothing(column.value(a)) ? 1 : -1) : sign * found;
    });
  }

  function shown(column, row) {
    const value = column.value(row);
    const text = column.show ? column.show(row) : column.number ? fmviz.number(value) : value;
    return isNothing(text) ? '' : text;
  }

  function cell(column, row) {
    return fmviz.el('td', {class: column.number ? 'number' : null}, shown(column, row));
  }

  /**
   * A table.
   * @param {{caption: string, columns: !Array<{title: string, value: function(?): ?, number:
   *     (boolean|undefined), show: (function(?): ?|undefined)}>, rows: !Array, most:
   *     (number|undefined)}} options a column's value sorts, and is shown unless `show` makes
   *     something else of the row; one with nothing in any row is left out; of more than `most` rows (200) the first are shown, and a button
   *     for all
   * @return {!Element}
   */
  fmviz.table = function (options) {
    const columns = options.columns.filter((column) => options.rows.some((row) => shown(column, row) !== ''));
    const body = fmviz.el('tbody');
    const more = fmviz.el('p', {class: 'controls'});
    let rows = options.rows;
    let most = options.most || 200;

    function show() {
      body.replaceChildren(
        ...rows.slice(0, most).map((row) => fmviz.el('tr', null, columns.map((column) => cell(column, row))))
      );
      more.replaceChildren();
      if (rows.length > most) {
        more.append(
          fmviz.count(most, 'row') + ' of ' + rows.length.toLocaleString('en') + ' ',
          fmviz.el('button', {type: 'button', onclick: all}, 'show all')
        );
      }
    }

    function all() {
      most = rows.length;
      show();
    }

    const heads = columns.map((column) => {
      const head = fmviz.el('th', {scope: 'col', class: column.number ? 'number' : null});
      head.append(fmviz.el('button', {type: 'button', onclick: () => sort(column, head)}, column.title));
      return head;
    });

    function sort(column, head) {
      // Numbers are looked at from the largest on, names from the first.
      const before = head.getAttribute('aria-sort');
      const first = column.number ? 'descending' : 'ascending';
      const second = column.number ? 'ascending' : 'descending';
      const now = before === first ? second : first;
      heads.forEach((each) => each.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', now);
      rows = sorted(options.rows, column, now === 'ascending' ? 1 : -1);
      show();
    }

    show();
    return fmviz.el(
      'div',
      null,
      // No caption element: it would be as narrow as the table.
      fmviz.el('p', {class: 'quiet', 'aria-hidden': 'true'}, options.caption),
      fmviz.el(
        'div',
        {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': options.caption},
        fmviz.el(
          'table',
          {'aria-label': options.caption},
          fmviz.el('thead', null, fmviz.el('tr', null, heads)),
          body
        )
      ),
      more
    );
  };
})();
