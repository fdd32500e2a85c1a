/** What a pass does to the table's partitions beside registering them, and what came of it. */
package io.fanin.tablecreator.registration;
