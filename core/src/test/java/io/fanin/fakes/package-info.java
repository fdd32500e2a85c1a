/**
 * S3, Glue, EventBridge and SNS in memory, behind the SDK's own HTTP interface: marshalling, retries and error parsing
 * in tests are the SDK's, only the network is missing. Nothing here sleeps, opens a port or reads the machine's AWS
 * configuration.
 */
package io.fanin.fakes;
