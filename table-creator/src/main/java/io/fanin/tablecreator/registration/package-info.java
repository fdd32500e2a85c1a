/** The registration and deregistration of a pass's partitions, and their outcomes. */
package io.fanin.tablecreator.registration;
