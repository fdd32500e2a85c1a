/** The classes that the job of a warehouse's table needs at run time, without the CDK. */
package io.fanin.warehouse.job;
