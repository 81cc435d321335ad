/** @fileoverview What each kind of layer does, in a sentence for who sees it for the first time. */
(function () {
  'use strict';

  const SENTENCES = {
    'Conv2d': 'Each map is a sum: a small kernel slides over every map before it, and a bias is added.',
    'ConvTranspose2d': 'Each value before it is spread over a small window, times a kernel: maps become larger.',
    'ReLU': 'What is below zero becomes 0.',
    'ReLU6': 'What is below 0 becomes 0, and what is above 6 becomes 6.',
    'Clip': 'What is below a lower or above an upper limit becomes that limit.',
    'LeakyReLU': 'What is below zero becomes much smaller.',
    'PReLU': 'What is below zero is multiplied by a number that was learned.',
    'ELU': 'What is below zero comes closer to zero, and not below a limit.',
    'SiLU': 'Each value times its sigmoid: what is far below zero becomes about 0.',
    'GELU': 'What is far below zero becomes about 0, softly.',
    'Hardswish': 'What is below \u22123 becomes 0, what is above 3 stays.',
    'Hardsigmoid': 'Each value becomes one from 0 to 1, by a straight line with two ends.',
    'Sigmoid': 'Each value becomes one from 0 to 1.',
    'Tanh': 'Each value becomes one from \u22121 to 1.',
    'Softmax': 'All values become shares of 1.',
    'MaxPool2d': 'The largest value of each small window: maps become smaller.',
    'AvgPool2d': 'The mean of each small window: maps become smaller.',
    'AdaptiveAvgPool2d': 'The mean of each part of a map; where one value is left, of the whole map.',
    'AdaptiveMaxPool2d': 'The largest value of each map.',
    'BatchNorm2d': 'Each map is stretched and shifted by numbers that were learned.',
    'InstanceNorm2d': 'Each map is brought to a mean of 0 and a spread of 1, then stretched and shifted.',
    'Add': 'Two layers, added value by value.',
    'Sub': 'One layer less another, value by value.',
    'Mul': 'Two layers, multiplied value by value.',
    'Concat': 'The maps of several layers, one behind the other.',
    'Upsample': 'Maps become larger; what lies between is filled in.',
    'Resize': 'Maps get another size; what lies between is filled in.',
    'Dropout': 'Nothing happens here once a network is trained.',
    'Identity': 'Nothing happens here.',
    'Pad': 'Values are put around each map.',
  };

  /** What a map is. */
  const MAP = 'A map shows what one channel finds, and where: bright is much of it.';

  /**
   * The sentences for a layer.
   * @param {string} type
   * @return {string}
   */
  fmviz.kindOf = function (type) {
    return SENTENCES.hasOwnProperty(type) ? SENTENCES[type] + ' ' + MAP : MAP;
  };
})();
