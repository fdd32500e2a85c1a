/**
 * Amazon S3: listings, objects and notifications in records of our own. Only this package calls the SDK's S3; the handlers and
 * the command line create its client and hand it on. Every package may use what is public here.
 */
package io.fanin.core.s3;
