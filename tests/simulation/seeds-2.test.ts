import { playsSoundly } from './plays-soundly.ts';

playsSoundly({ from: 130, seeds: 130 });
