/** The state bucket as keys and texts, for whoever keeps documents in it; {@code core.s3} holds it in S3. */
package io.fanin.core.store;
