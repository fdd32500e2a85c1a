/**
 * The state bucket as keys and text, for the packages that keep documents in it; {@code core.s3} implements it with S3.
 */
package io.fanin.core.store;
