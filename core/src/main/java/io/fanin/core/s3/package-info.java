/**
 * Amazon S3: listings and objects as this project's records. Only this package calls the SDK's S3 client, except for a
 * bucket's configuration, which the command line changes; the handlers and the command line create the client and pass
 * it on.
 */
package io.fanin.core.s3;
