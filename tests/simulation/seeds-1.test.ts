import { playsSoundly } from './plays-soundly.ts';

playsSoundly({ from: 0, seeds: 150 });
