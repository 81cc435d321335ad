/** @fileoverview The page of ablate's folder: what changes if a map is set to zero. */

(function () {
  'use strict';

  const FEW = 20;
  const facts = fmviz.facts('facts');
  const shown = facts.manifest.details;
  // What is told of a class: a logit, unless the answer is of another kind.
  const model = facts.manifest.model;
  const what = model && model.answer ? 'value' : 'logit';
  const signed = (value) => fmviz.signed(value, fmviz.number(value));
  const points = (share) => fmviz.signed(share, fmviz.decimals(100 * share, 2)) + ' points';
  const file = (end) => shown.files.find((each) => each.endsWith(end));

  // Those that change most, in either direction.
  function most(values) {
    const channels = Array.from(values.keys()).filter((c) => Number.isFinite(values[c]));
    channels.sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]));
    return channels.slice(0, FEW);
  }

  function bars(layer, values, title, text) {
    if (most(values).length === 0) {
      return fmviz.el('p', null, 'Not known: no change is a number.');
    }
    return fmviz.bars(most(values).map((c) => ({name: 'channel ' + c, value: values[c]})), {title: title + ' of ' + layer.layer, text: text});
  }

  // Logits without a map that are not finite, or images with such.
  function broken(layer, noun) {
    const counts = layer.notANumber || [];
    return {title: 'non-finite', number: true, value: (c) => counts[c], show: (c) => (counts[c] > 0 ? fmviz.count(counts[c], noun) : '')};
  }

  function ofImage(layer) {
    const image = shown.image;
    return [
      fmviz.picture(file('/' + layer.layer + '.png'), 'the maps of ' + layer.layer, 'Each map, and what the ' + what + ' changes by without it; framed where the prediction changes.'),
      fmviz.el('h3', null, 'Without which map the ' + what + ' changes most'),
      bars(layer, layer.change, 'Changes of the ' + what + ' without maps', signed),
      fmviz.table({
        caption: 'For this image, without one map of ' + fmviz.layerName(layer),
        columns: [
          {title: 'channel', number: true, value: (c) => c, show: String},
          {title: what + ' changes by', number: true, value: (c) => layer.change[c], show: (c) => signed(layer.change[c])},
          {title: 'prediction without it', value: (c) => layer.predicted[c], show: (c) => (layer.predicted[c] === null ? 'nothing' : fmviz.className(layer.predicted[c]))},
          {title: 'prediction', value: (c) => (image.predicted === null ? '-' : layer.predicted[c] === image.predicted ? 'stays' : 'changes')},
          broken(layer, 'logit'),
        ],
        rows: Array.from(layer.change.keys()),
      }),
    ];
  }

  function ofSamples(layer) {
    const labelled = shown.samples.accuracy !== undefined;
    const values = labelled ? layer.accuracyChange : layer.predictionsChanged;
    return [
      fmviz.picture(file('accuracy-' + layer.layer + '.png'), 'what the maps of ' + layer.layer + ' are worth', 'The most valuable maps first.'),
      fmviz.el('h3', null, labelled ? 'Without which map the accuracy changes most' : 'Without which map most predictions change'),
      bars(layer, values, 'Changes without maps', labelled ? points : fmviz.number),
      fmviz.table({
        caption: 'For all these images, without one map of ' + fmviz.layerName(layer),
        columns: [
          {title: 'channel', number: true, value: (c) => c, show: String},
          ...(labelled ? [{title: 'accuracy changes by', number: true, value: (c) => layer.accuracyChange[c], show: (c) => points(layer.accuracyChange[c])}] : []),
          {title: 'predictions that change', number: true, value: (c) => layer.predictionsChanged[c]},
          {title: 'mean change of the ' + what, number: true, value: (c) => layer.meanLogitChange[c], show: (c) => signed(layer.meanLogitChange[c])},
          broken(layer, 'image'),
        ],
        rows: Array.from(layer.predictionsChanged.keys()),
      }),
    ];
  }

  fmviz.folder(
    facts,
    'What each map is worth',
    'One map after the other is set to zero, and the rest of the network is run again: what changes then is what the map was worth.'
  );
  if (shown.image) {
    const image = shown.image;
    fmviz.show(
      fmviz.el('h2', null, 'For ' + (image.source ? image.source + (image.of > 1 ? ', picture ' + image.index + ' of ' + image.of : '') : 'image ' + image.index)),
      fmviz.factList([['Predicted', fmviz.answer(image)], [what === 'logit' ? 'Logit' : 'Value', fmviz.number(image.logit)], ['It is', fmviz.label(image)]])
    );
    fmviz.layerRows({layers: image.layers, cells: (layer) => [fmviz.count(layer.channels, 'map')], body: ofImage, open: true});
  }
  if (shown.samples) {
    const samples = shown.samples;
    fmviz.show(
      fmviz.el('h2', null, 'For ' + fmviz.count(samples.images, 'image')),
      fmviz.factList([
        ['Accuracy with all maps', samples.accuracy === undefined ? null : fmviz.percent(samples.accuracy)],
        ['Non-finite', samples.notANumber ? 'among the logits of ' + fmviz.count(samples.notANumber, 'image') : null],
      ])
    );
    fmviz.layerRows({layers: samples.layers, cells: (layer) => [fmviz.count(layer.channels, 'map')], body: ofSamples, open: !shown.image});
  }
})();
