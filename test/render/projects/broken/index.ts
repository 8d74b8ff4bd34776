const settings: { ports?: number[] } = {};
console.log(settings.ports!.length);
