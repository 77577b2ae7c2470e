/** A sheet that a view brings along: the bundler links it before the view is drawn. */
declare module '*.css';
