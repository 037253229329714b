/** In the message on every model that the catalogue knows and this machine lacks. */
export const NOT_DOWNLOADED = 'is not downloaded yet';
