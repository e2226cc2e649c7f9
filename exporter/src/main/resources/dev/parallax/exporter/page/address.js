// What the part of the address after # says: which view, of what, and narrowed to what.
//
//   #/                                             the fleet; ?find=text&verdict=diverged narrow it
//   #/model/<model>/<version>/<reference>[/<slice>] one series; ?at=<time> points at a pane
//   #/alerts                                       all alerts; ?model=<model> narrows them

export function readAddress(hash = location.hash) {
  const [path, query = ''] = hash.replace(/^#/, '').split('?');
  const parts = path.split('/').filter((part) => part !== '').map(decoded);
  const parameters = new URLSearchParams(query);
  if (parts[0] === 'model' && parts.length >= 4) {
    const [, model, version, reference, slice = ''] = parts;
    const key = [model, version, reference, slice].join('|');
    return { view: 'model', key, model, version, reference, slice, at: time(parameters.get('at')) };
  }
  if (parts[0] === 'alerts') {
    return { view: 'alerts', model: parameters.get('model') ?? '' };
  }
  return {
    view: 'fleet',
    find: parameters.get('find') ?? '',
    verdict: parameters.get('verdict') ?? '',
  };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function time(text) {
  const millis = text === null ? NaN : Date.parse(text);
  return Number.isNaN(millis) ? null : millis;
}

export function modelHref(series, at = null) {
  const parts = [series.model, series.version, series.reference];
  if (series.slice) {
    parts.push(series.slice);
  }
  const path = '#/model/' + parts.map(encodeURIComponent).join('/');
  return at === null ? path : `${path}?${new URLSearchParams({ at })}`;
}

export function alertsHref(model = '') {
  return model === '' ? '#/alerts' : `#/alerts?${new URLSearchParams({ model })}`;
}

export function fleetHref({ find = '', verdict = '' }) {
  const query = new URLSearchParams();
  if (find !== '') {
    query.set('find', find);
  }
  if (verdict !== '') {
    query.set('verdict', verdict);
  }
  return query.size === 0 ? '#/' : `#/?${query}`;
}
