/** @fileoverview The page of filmstrip's folder: how maps came to be, checkpoint by checkpoint. */

(function () {
  'use strict';

  const FEW = 20;
  const facts = fmviz.facts('facts');
  const shown = facts.manifest.details;
  const fileName = (path) => path.split(/[\\/]/).pop();

  // What moves, moves when somebody asks for it.
  function animation(layer) {
    const box = fmviz.el('div');
    const button = fmviz.el('button', {type: 'button', 'aria-pressed': 'false', onclick: turn}, 'Play the animation');

    function turn() {
      const plays = button.getAttribute('aria-pressed') === 'true';
      button.setAttribute('aria-pressed', String(!plays));
      box.replaceChildren(...(plays ? [] : [fmviz.picture(layer.animation, 'animation of ' + layer.layer, 'A frame for each checkpoint.')]));
    }

    return [fmviz.el('p', null, button), box];
  }

  function body(layer) {
    const rows = layer.columns.map((channel, i) => ({channel: channel, movement: layer.movements[i], broken: layer.notANumber ? layer.notANumber[i] : 0}));
    const few = rows.filter((row) => Number.isFinite(row.movement)).slice(0, FEW);
    return [
      fmviz.picture(layer.picture, 'the maps of ' + layer.layer + ' at each checkpoint', 'A row for each checkpoint, a column for each channel, those that changed most first; all on one scale.'),
      ...animation(layer),
      fmviz.el('h3', null, 'The ' + few.length + ' of ' + fmviz.count(rows.length, 'channel') + ' that changed most'),
      fmviz.bars(few.map((row) => ({name: 'channel ' + row.channel, value: row.movement})), {title: 'How much channels of ' + layer.layer + ' changed'}),
      fmviz.table({
        caption: 'How much the channels of ' + layer.layer + ' changed: from checkpoint to checkpoint, the mean difference of a value, summed',
        columns: [
          {title: 'channel', number: true, value: (row) => row.channel, show: (row) => String(row.channel)},
          {title: 'changed by', number: true, value: (row) => row.movement},
          {title: 'non-finite', number: true, value: (row) => row.broken, show: (row) => (row.broken > 0 ? fmviz.count(row.broken, 'value') : '')},
        ],
        rows: rows,
        most: 20,
      }),
    ];
  }

  fmviz.folder(
    facts,
    'How maps developed',
    'One image at every checkpoint of a training: what a layer made of it at first, and what it makes of it now.',
    [['Image', shown.source ? fmviz.path(shown.source) : String(shown.image)]]
  );
  fmviz.show(
    fmviz.factList([['It is', fmviz.label(shown)]]),
    fmviz.table({
      caption: 'The checkpoints, and what they take the image for',
      columns: [
        {title: 'checkpoint', value: (frame) => fileName(frame.checkpoint)},
        {title: 'predicted', value: (frame) => frame.predicted, show: (frame) => (frame.predicted === null ? fmviz.answer(frame) : fmviz.className(frame.predicted, frame.predictedName))},
        {title: 'probability', number: true, value: (frame) => frame.probability, show: (frame) => (frame.predicted === null ? '-' : fmviz.percent(frame.probability))},
        {title: 'non-finite', number: true, value: (frame) => frame.weightsNotANumber, show: (frame) => (frame.weightsNotANumber ? fmviz.count(frame.weightsNotANumber, 'weight') : '')},
      ],
      rows: shown.frames,
    }),
    fmviz.el('h2', null, 'Layer by layer')
  );
  fmviz.layerRows({layers: shown.layers, cells: (layer) => [fmviz.count(layer.columns.length, 'channel')], body: body, open: true});
})();
