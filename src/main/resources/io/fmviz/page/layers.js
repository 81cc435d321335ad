/** @fileoverview Layers as rows that unfold, under one filter. */

(function () {
  'use strict';

  function summary(layer, cells) {
    return fmviz.el(
      'summary',
      null,
      fmviz.el('span', {class: 'name'}, layer.layer),
      cells.map((cell) => fmviz.el('span', null, cell)),
      layer.path && layer.path !== layer.layer ? fmviz.el('span', {class: 'quiet'}, layer.path) : null
    );
  }

  /**
   * Appends the rows to the page, with a field that filters them by name.
   * @param {{layers: !Array, cells: function(?): !Array, body: function(?): *, controls:
   *     (!Array|undefined), open: (boolean|undefined)}} options the layers' facts; what stands in a
   *     row beside the name; what it unfolds into, made when it is unfolded; what stands beside the
   *     field; whether the first is unfolded from the start
   * @return {function()} makes what is unfolded anew
   */
  fmviz.layerRows = function (options) {
    const rows = options.layers.map((layer) => {
      const body = fmviz.el('div');
      const element = fmviz.el('details', {class: 'layer'}, summary(layer, options.cells(layer)), body);
      const draw = () => body.replaceChildren(...(element.open ? [options.body(layer)].flat() : []).filter((each) => each !== null));
      element.addEventListener('toggle', draw);
      return {layer: layer, element: element, draw: draw};
    });
    const count = fmviz.el('span', {class: 'quiet', role: 'status'});

    function filter(matches) {
      let shown = 0;
      for (const row of rows) {
        row.element.hidden = !matches([row.layer.layer, row.layer.path, row.layer.tensor]);
        shown += row.element.hidden ? 0 : 1;
      }
      count.textContent = shown + ' of ' + fmviz.count(rows.length, 'layer');
    }

    filter(fmviz.matcher(''));
    fmviz.show(
      fmviz.el(
        'div',
        {class: 'controls'},
        fmviz.filterField({label: 'Show layers', hint: 'Conv*', changed: filter}),
        options.controls || [],
        count
      ),
      ...rows.map((row) => row.element)
    );
    if (options.open && rows.length > 0) {
      rows[0].element.open = true;
    }
    return () => rows.forEach((row) => row.draw());
  };
})();
