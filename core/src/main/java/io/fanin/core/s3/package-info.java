/**
 * Amazon S3: listings and objects in records of our own. Only this package knows the SDK's S3; the handlers hand its client
 * on, and everybody else may enter.
 */
package io.fanin.core.s3;
