/** @fileoverview The page of cam's folder: where a network looks. */

(function () {
  'use strict';

  const facts = fmviz.facts('facts');
  // What is told of a class: a logit, unless the answer is of another kind.
  const model = facts.manifest.model;
  const what = model && model.answer ? 'value' : 'logit';
  const LEADS = {
    cam: 'Each position of the last maps adds its share to the ' + what + ' of a class: it is bright where the share is large.',
    ablation: 'Each map is weighed by what the ' + what + ' loses without it: it is bright where maps are active that the class needs.',
    gradcam: 'Each map is weighed by the mean of the gradient by it: it is bright where maps are active that would raise the value.',
    'gradcam++': 'Each map is weighed by the gradients by it that are above zero: it is bright where maps are active that would raise the value.',
    layercam: 'Each position’s channels are weighed by the gradients there that are above zero: it is bright where what is active would raise the value.',
    hirescam: 'Each position’s channels are weighed by the gradients there: it is bright where what is active raises the value.',
    mean: 'The mean of a layer’s maps: it is bright where its channels are active, for whatever class.',
    max: 'The maximum of a layer’s maps: it is bright where any of its channels is active, for whatever class.',
    eigen: 'The first principal component of a layer’s maps: it is bright where they have in common what differs most.',
  };
  const shown = facts.manifest.details;
  const name = (image) => image.file.replace(/\.png$/, '');
  const has = (field) => shown.images.some((image) => image.maps.some((map) => map[field] !== undefined));

  const classColumns = [
    {title: 'class', value: (map) => fmviz.className(map.target, map.targetName)},
    {title: 'probability', number: true, value: (map) => map.targetProbability, show: (map) => fmviz.percent(map.targetProbability)},
    {title: what, number: true, value: (map) => map.logit},
  ];
  const valueColumns = [
    {title: 'output', value: (map) => map.targetOutput},
    {title: 'value', number: true, value: (map) => map.targetValue},
  ];
  const sumColumns = [
    {title: 'all positions add', number: true, value: (map) => map.contributions},
    {title: 'bias', number: true, value: (map) => map.bias},
    {title: 'together', number: true, value: (map) => map.sum},
  ];

  function numbers(image) {
    return fmviz.table({
      caption: 'The maps of ' + name(image),
      columns: [
        {title: 'layer', value: fmviz.layerName},
        {title: 'map', value: (map) => map.map.length + ' × ' + map.map[0].length},
        ...(has('target') ? classColumns : []),
        ...(has('targetOutput') ? valueColumns : []),
        ...(has('sum') ? sumColumns : []),
        {title: 'smallest', number: true, value: (map) => map.minimum},
        {title: 'largest', number: true, value: (map) => map.maximum},
        {title: 'non-finite', number: true, value: (map) => map.notANumber, show: (map) => map.notANumber},
      ],
      rows: image.maps,
    });
  }

  function row(image) {
    const body = fmviz.el('div');
    const element = fmviz.el(
      'details',
      {class: 'layer'},
      fmviz.el('summary', null, fmviz.el('span', {class: 'name'}, name(image)), fmviz.el('span', null, fmviz.answer(image))),
      body
    );
    element.addEventListener('toggle', () => {
      const parts = element.open
        ? [
            fmviz.picture(image.file, 'where the network looks in ' + name(image), image.maps.length === 0 ? 'The picture, without a map.' : image.shaded ? 'What the network does not see is shaded.' : 'The picture, and the map over it.'),
            image.maps.length > 0 ? numbers(image) : fmviz.el('p', null, 'No class is predicted, so there is none to look for.'),
          ]
        : [];
      body.replaceChildren(...parts);
    });
    return element;
  }

  fmviz.folder(facts, 'Where a network looks, in ' + fmviz.count(shown.images.length, 'image'), LEADS[shown.method], [['Method', shown.method]]);
  if (shown.sheet) {
    fmviz.show(fmviz.picture(shown.sheet, 'all images, side by side', 'All images of this folder, on one sheet.'));
  }
  fmviz.show(
    fmviz.table({
      caption: 'The images: a heading sorts by it',
      columns: fmviz.sampleColumns(),
      rows: shown.images,
      most: 20,
    }),
    fmviz.el('h2', null, 'Image by image')
  );
  const rows = shown.images.map(row);
  fmviz.show(...rows);
  if (rows.length > 0) {
    rows[0].open = true;
  }
})();
