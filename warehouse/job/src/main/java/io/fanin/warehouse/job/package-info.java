/** What the job of a warehouse's table needs when it runs; the CDK is not among it. */
package io.fanin.warehouse.job;
