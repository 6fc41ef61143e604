import { playsSoundly } from './plays-soundly.ts';

playsSoundly({ from: 100, seeds: 100 });
