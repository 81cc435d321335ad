/** @fileoverview The page of kernels' folder: what convolutions multiply their input with. */

(function () {
  'use strict';

  const facts = fmviz.facts('facts');
  const layers = facts.manifest.details;

  const weights = (layer) => layer.shape.reduce((product, side) => product * side, 1);
  const picture = (layer) => layer.files.find((file) => file.endsWith('.png'));

  // What is seen, which a person chose, or else each layer has.
  function drawn(layer) {
    const options = facts.manifest.options;
    const view = options.reduce || layer.reduce;
    if (view === 'rgb') {
      return 'One kernel for each output channel: its weights for red, green and blue in these colours; grey is zero.';
    }
    return (
      (view === 'max-abs' ? 'One kernel for each output channel, the values of the largest magnitude over the input channels. ' : '') +
      (view === 'mean' ? 'One kernel for each output channel, the mean over the input channels. ' : '') +
      (options.colormap === 'coolwarm' ? 'Blue is negative, red positive.' : 'From the smallest value to the largest.')
    );
  }

  function body(layer) {
    const [out, inputs, height, width] = layer.shape;
    return [
      picture(layer)
        ? fmviz.picture(
            picture(layer),
            'the kernels of ' + layer.layer,
            drawn(layer)
          )
        : null,
      fmviz.factList([
        ['Kernels', fmviz.count(out, 'output channel') + ', each of ' + fmviz.count(inputs, 'input channel') + ', of ' + height + ' \u00d7 ' + width],
        ['Weights', weights(layer).toLocaleString('en')],
        ['Values', layer.notANumber ? null : fmviz.range(layer.minimum, layer.maximum) + ', mean ' + fmviz.number(layer.mean)],
        ['Non-finite', layer.notANumber ? fmviz.count(layer.notANumber, 'weight') : null],
        ['Files', layer.files.map((file) => [fmviz.el('a', {href: file}, file), ' '])],
      ]),
    ];
  }

  fmviz.folder(
    facts,
    'The kernels of ' + fmviz.count(layers.length, 'convolution'),
    'A convolution slides each of its kernels over its input and multiplies: a kernel looks like what it answers to most.'
  );
  fmviz.show(
    fmviz.table({
      caption: 'The convolutions: a heading sorts by it',
      columns: [
        {title: 'layer', value: fmviz.layerName},
        {title: 'shape', value: (layer) => layer.shape.join(' \u00d7 ')},
        {title: 'weights', number: true, value: weights},
        {title: 'smallest', number: true, value: (layer) => layer.minimum},
        {title: 'largest', number: true, value: (layer) => layer.maximum},
        {title: 'mean', number: true, value: (layer) => layer.mean},
        {title: 'non-finite', number: true, value: (layer) => layer.notANumber, show: (layer) => (layer.notANumber ? fmviz.count(layer.notANumber, 'weight') : '')},
      ],
      rows: layers,
    }),
    fmviz.el('h2', null, 'Layer by layer')
  );
  fmviz.layerRows({layers: layers, cells: (layer) => [layer.shape.join(' \u00d7 ')], body: body, open: true});
})();
