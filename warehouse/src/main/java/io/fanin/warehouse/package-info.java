/** A construct library for the AWS CDK: a data warehouse on top of the pipeline. */
package io.fanin.warehouse;
