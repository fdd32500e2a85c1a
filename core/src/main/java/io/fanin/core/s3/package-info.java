/**
 * Amazon S3: listings, objects and notifications as this project's records. Only this package calls the SDK's S3
 * client; the handlers and the command line create it and pass it on. All packages may use the public classes.
 */
package io.fanin.core.s3;
