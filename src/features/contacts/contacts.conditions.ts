/** What lists of contacts can be filtered by, though it is no property. Every face of contacts loads it first. */
import './circles/contact-conditions.js';
import './employments/contact-conditions.js';
