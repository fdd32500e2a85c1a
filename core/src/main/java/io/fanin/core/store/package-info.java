/** The state bucket as keys and texts, for those who keep documents in it; {@code core.s3} holds it in S3. */
package io.fanin.core.store;
