/** Values of JSON in their plainest form, read several bytes at a time. For {@code io.fanin.records.raw} alone, which reads all other forms. */
package io.fanin.records.raw.plain;
